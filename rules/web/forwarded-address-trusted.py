def client_address(request):
    forwarded = request.headers.get("X-Forwarded-For")
    if forwarded:
        # ruleid: forwarded-address-trusted
        return forwarded.split(",")[0].strip()
    # ok: forwarded-address-trusted
    return request.client.host


def short(request):
    # ruleid: forwarded-address-trusted
    return request.headers.get("x-forwarded-for", "").split(",")[0]


def counted(request):
    forwarded = request.headers.get("X-Forwarded-For", "")
    # ok: forwarded-address-trusted
    return forwarded.split(",")[-1].strip()


def names(request):
    # ok: forwarded-address-trusted
    return request.headers.get("X-Names", "").split(",")[0]
