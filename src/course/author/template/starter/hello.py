# Write the function here.
