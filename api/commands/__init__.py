"""The commands of `xiaoer`, one file a subject; libraries are imported when a command runs, so that help is quick."""
