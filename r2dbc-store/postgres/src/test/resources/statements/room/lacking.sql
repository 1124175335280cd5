${include answer}
