"""The Qt application (application, display), its first sight (splash, warm_up), its ends (interrupt, excepthook)."""
