package letters;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

@SpringBootApplication
public class Letters {

    public static void main(String[] args) {
        SpringApplication.run(Letters.class, args);
    }
}
