"""Pictures and words that go with links and pages in messengers. For `app/web` and commands."""
