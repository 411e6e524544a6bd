True = 1
False = 0
nonlocal = async = await = match = 5
