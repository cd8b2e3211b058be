### form
