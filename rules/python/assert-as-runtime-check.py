import hmac
import os


def view(request, user, order, password):
    # ruleid: assert-as-runtime-check
    assert request.method == "POST"
    # ruleid: assert-as-runtime-check
    assert user.has_perm("orders.view"), "not allowed"
    # ruleid: assert-as-runtime-check
    assert order.user_id == user.id
    # ruleid: assert-as-runtime-check
    assert os.environ.get("DATABASE_URL") != ""
    # ruleid: assert-as-runtime-check
    assert hmac.compare_digest(password, user.code)


def fixed(request, user, order, total, items):
    # ok: assert-as-runtime-check
    assert request.user is not None
    # ok: assert-as-runtime-check
    assert isinstance(request.data, dict)
    # ok: assert-as-runtime-check
    assert user.api_key
    # ok: assert-as-runtime-check
    assert total == sum(items), "the parts give the whole"
    if order.user_id != user.id:
        raise PermissionError
