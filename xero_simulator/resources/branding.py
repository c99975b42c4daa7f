"""Branding themes, read only."""

from .endpoint import Endpoint


class BrandingThemes(Endpoint):
    """``/BrandingThemes``."""

    plural = "BrandingThemes"
    table_name = "branding_themes"
    routes = {("GET", ""): "listed", ("GET", "/<key>"): "read"}

    def row(self, record, detailed=True):
        return record
