package io.headrace.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CronWordsTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "* * * * *                | Every minute",
                "0 * * * *                | At minute 0 of every hour",
                "*/15 * * * *             | Every 15 minutes",
                "*/7 * * * *              | Every 7th minute of every hour",
                "5/10 * * * *             | Every 10th minute from 5 to 59 of every hour",
                "15,45 * * * *            | At minutes 15 and 45 of every hour",
                "0 3 * * *                | At 03:00",
                "0 9,17 * * *             | At 09:00 and 17:00",
                "30 3 * * MON-FRI         | At 03:30 from Monday to Friday",
                "0 0 * * SAT,SUN          | At 00:00 on Saturday and Sunday",
                "*/10 9-17 * * *          | Every 10 minutes of hours 9 to 17",
                "0 */2 * * *              | At minute 0 of every 2nd hour",
                "0 */5 * * *              | At minute 0 of every 5th hour",
                "*/30 */2 * * *           | Every 30 minutes of every 2nd hour",
                "* * * * * *              | Every second",
                "*/5 * * * * *            | Every 5 seconds",
                "30 * * * * *             | At second 30 of every minute",
                "30 0 3 * * *             | At 03:00:30",
                "* 5 * * * *              | Every second of minute 5 of every hour",
                "* 9-17 * * 1-5           | Every minute of hours 9 to 17 from Monday to Friday",
                "0 0 1,15 * *             | At 00:00 on days 1 and 15 of the month",
                "0 0 1 1 *                | At 00:00 on day 1 of the month in January",
                "0 0 L * *                | At 00:00 on the last day of the month",
                "0 0 L-1 * *              | At 00:00 on the day before the last of the month",
                "0 0 L-3 * *              | At 00:00 on the 3rd day before the last of the month",
                "0 0 LW * *               | At 00:00 on the last weekday of the month",
                "0 0 15W * *              | At 00:00 on the weekday nearest to day 15 of the month",
                "0 0 1,15,L * *           | At 00:00 on days 1 and 15 and the last day of the month",
                "0 0 10-20 * *            | At 00:00 on days 10 to 20 of the month",
                "0 0 * * 5#3              | At 00:00 on the third Friday of the month",
                "0 0 * * FRIL             | At 00:00 on the last Friday of the month",
                "0 0 13 * FRI             | At 00:00 on day 13 of the month and also on Friday",
                "0 0 */2 * MON            | At 00:00 on every 2nd day of the month that falls on Monday",
                "0 0 */2 * *              | At 00:00 on every 2nd day of the month",
                "0 0 * */3 *              | At 00:00 in every 3rd month",
                "0 0 1 6-8,12 *           | At 00:00 on day 1 of the month in June to August and December",
                "0 0 * * */2              | At 00:00 on every 2nd day of the week",
                "@daily                   | At 00:00",
                "@weekly                  | At 00:00 on Sunday",
                "@hourly                  | At minute 0 of every hour",
                "H H * * *                | At some minute of some hour, as the name of the schedule determines",
                "H/15 * * * *             | Every 15th minute of every hour, as the name of the schedule determines",
                "0 0,1,2,3,4,5,6,7 * * *  | At minute 0 of hours 0, 1, 2, 3, 4, 5, 6 and 7",
                "0 0 1-7 * MON-WED        | At 00:00 on days 1 to 7 of the month and also from Monday to Wednesday",
                "10-40/15 * * * *         | Every 15th minute from 10 to 40 of every hour",
                "1,*/20 3 * * *           | At minute 1 and every 20th minute of hour 3",
                "0 0 ? * 1,3,5#1          | At 00:00 on Monday and Wednesday and the first Friday of the month",
            })
    void sentence(String expression, String expected) {
        assertThat(Cron.of(expression).describe()).isEqualTo(expected + ", UTC");
    }

    @Test
    void theZoneIsNamed() {
        assertThat(Cron.of("0 3 * * *", "Europe/Berlin").describe()).isEqualTo("At 03:00, Europe/Berlin time");
    }
}
