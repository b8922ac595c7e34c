"""What is kept from run to run: settings is the file, session what stands in it of one window."""
