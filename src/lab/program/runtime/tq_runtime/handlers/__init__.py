"""Reads what a web application's handlers would do with a request, without running them: which parts of a request they
read, which forms they demand of each, and what they do in Redis."""
