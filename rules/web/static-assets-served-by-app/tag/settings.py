from django.templatetags.static import static

# ok: static-assets-served-by-app
ICON = static("assets/icons/shop.png")
