package io.taskweaver.formats;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.model.Document;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpecKitOrderTest {
    @Test
    void spec_kit_states_the_order_of_tasks_apart_from_them() {
        var document = new Document("specs/001-shop/tasks.md", """
                # Tasks: Shop

                - [ ] T001 Create the project
                - [ ] T002 Test the cart
                - [ ] T003 Test the payment
                - [ ] T004 Write the cart
                - [ ] T005 Write the payment
                - [ ] T006 Measure it
                - [ ] T007 Describe it
                - [ ] T008 Release it

                ## Dependencies
                - Tests (T002-T003) before implementation (T004-T005)
                - T001 → T002, T003 (nothing else begins before)
                - T004, T005 blocks T006
                - T007 requires T006.
                - T008 is described in T001
                - T007 does not depend on T001

                ```
                T001 → T008
                ```
                > T002 → T008
                """);
        var reading = TaskListReader.read(List.of(document), ExchangeFormat.SPEC_KIT, "");
        assertThat(reading).isInstanceOf(TaskListReader.Read.class);
        assertThat(((TaskListReader.Read) reading).listing().list().entries())
                .extracting(entry -> entry.id() + " " + entry.dependencies())
                .containsExactly(
                        "T001 []",
                        "T002 [T001]",
                        "T003 [T001]",
                        "T004 [T002, T003]",
                        "T005 [T002, T003]",
                        "T006 [T004, T005]",
                        "T007 [T006]",
                        "T008 []");
    }
}
