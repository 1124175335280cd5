package letters;

import io.headrace.schedule.Fire;
import io.headrace.spring.JobSchedule;
import org.springframework.stereotype.Component;

@Component
class Mornings {

    @JobSchedule(name = "morning-letter", cron = "0 7 * * MON-FRI", zone = "Europe/Berlin")
    Letter morning(Fire fire) {
        return new Letter("ada", "good morning, it is " + fire.time().toLocalDate());
    }
}
