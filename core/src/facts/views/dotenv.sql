-- Assignments that hold a secret, each with whether the value is a real one rather than a reference or a stand-in.
CREATE VIEW env_secret AS
SELECT *, value_class IN ('token', 'url_credential', 'opaque', 'text', 'weak') AS is_real_secret
FROM env_entry
WHERE is_secret_name OR value_class IN ('token', 'url_credential');
