// Small helps for pages that all work without script.
