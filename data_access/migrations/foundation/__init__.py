"""What revision 0001 makes, one part a file; never changed once it has been released."""
