def home(request):
    return request
