### Screen
