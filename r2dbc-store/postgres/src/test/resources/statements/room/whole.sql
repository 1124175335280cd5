${include answer what=1}
