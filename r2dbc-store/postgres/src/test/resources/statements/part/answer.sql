SELECT ${what}
