${include answer what=1 where=here}
