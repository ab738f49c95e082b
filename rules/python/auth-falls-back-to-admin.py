async def verify_auth(request):
    if auth_manager:
        return await auth_manager.authenticate(request)
    else:
        logger.warning("no manager, mock user")
        # ruleid: auth-falls-back-to-admin
        return {"user_id": "admin", "role": "admin"}


def get_user_page(found):
    if not found:
        # ok: auth-falls-back-to-admin
        return {"role": "guest"}


def seed_roles(existing):
    if not existing:
        # ok: auth-falls-back-to-admin
        return {"role": "admin"}


def authenticate_user(username, password):
    if username == "admin" and password == expected:
        # ok: auth-falls-back-to-admin
        return {"user_id": "admin", "roles": ["admin", "user"]}
    elif username == "user":
        return {"user_id": "user", "roles": ["user"]}
    return None
