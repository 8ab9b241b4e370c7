"""Pages of units live here, where who sits in them is known; their names belong to organizations."""

from . import views

app_name = "organizations"
urlpatterns = views.Units.urls()
