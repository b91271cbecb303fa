"""From the capability strategy to proposed goals."""

from django.urls import path

from calibration.views import strategy

urlpatterns = [path("strategy/propose/", strategy.strategy_propose, name="strategy_propose")]
