"""What does this text say?"""
