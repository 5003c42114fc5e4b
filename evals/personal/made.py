def made_cases(): return ()
