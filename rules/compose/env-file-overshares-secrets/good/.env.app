# pass: env-file-overshares-secrets
QUEUE_TOKEN=Wm81qZx72tq8Z
