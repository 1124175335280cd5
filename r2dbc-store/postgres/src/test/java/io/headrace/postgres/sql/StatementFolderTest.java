package io.headrace.postgres.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;

class StatementFolderTest {

    private final StatementFolder folder = new StatementFolder("/statements", SchemaName.DEFAULT);

    @Test
    void aPartIsIncludedWithItsValues() {
        assertThat(folder.statement("room/whole")).isEqualTo("SELECT 1");
    }

    @Test
    void aValueThatIsLackingIsNamed() {
        assertThatIllegalStateException()
                .isThrownBy(() -> folder.statement("room/lacking"))
                .withMessage("nothing fills ${what} in room/lacking");
    }

    @Test
    void aValueThatThePartDoesNotHaveIsNamed() {
        assertThatIllegalStateException()
                .isThrownBy(() -> folder.statement("room/superfluous"))
                .withMessage("part/answer.sql has no ${where}");
    }

    @Test
    void aStatementThatIsNotThereIsNamed() {
        assertThatIllegalStateException()
                .isThrownBy(() -> folder.statement("room/none"))
                .withMessage("Not on the class path: /statements/room/none.sql");
    }
}
