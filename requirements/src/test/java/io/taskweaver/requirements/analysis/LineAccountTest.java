package io.taskweaver.requirements.analysis;

import static io.taskweaver.requirements.analysis.LineUse.BLANK;
import static io.taskweaver.requirements.analysis.LineUse.BOUNDARY;
import static io.taskweaver.requirements.analysis.LineUse.CODE;
import static io.taskweaver.requirements.analysis.LineUse.COMPONENT;
import static io.taskweaver.requirements.analysis.LineUse.CONSTRAINT;
import static io.taskweaver.requirements.analysis.LineUse.CRITERION;
import static io.taskweaver.requirements.analysis.LineUse.DEPENDENCY;
import static io.taskweaver.requirements.analysis.LineUse.DETAIL;
import static io.taskweaver.requirements.analysis.LineUse.DONE_TASK;
import static io.taskweaver.requirements.analysis.LineUse.FRONT_MATTER;
import static io.taskweaver.requirements.analysis.LineUse.HEADING;
import static io.taskweaver.requirements.analysis.LineUse.PROSE;
import static io.taskweaver.requirements.analysis.LineUse.TABLE;
import static io.taskweaver.requirements.analysis.LineUse.TASK;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.model.Document;
import org.junit.jupiter.api.Test;

class LineAccountTest {
    @Test
    void every_line_says_what_it_became() {
        var account = account("""
                ---
                title: Shop
                ---
                # Shop
                It is a shop.
                ## Requirements
                ### US-1: Sign in
                As a user, I want to sign in.
                **Depends on:** US-2
                **Acceptance Criteria:**
                - [ ] a wrong password is refused

                ### US-2: Register
                **Status:** done
                - [x] a name can be chosen
                ## Components
                - Store: keeps things
                ## Constraints
                - Runs on Java 25
                ## Non-Goals
                - No returns
                ## Example
                ```
                - FR-9: in a fence
                ```
                ~~- gone~~
                <!-- note -->
                """);

        assertThat(account.lines())
                .extracting(LineAccount.Line::use)
                .containsExactly(
                        FRONT_MATTER,
                        FRONT_MATTER,
                        FRONT_MATTER,
                        HEADING,
                        PROSE,
                        HEADING,
                        TASK,
                        DETAIL,
                        DEPENDENCY,
                        DETAIL,
                        CRITERION,
                        BLANK,
                        DONE_TASK,
                        DETAIL,
                        CRITERION,
                        HEADING,
                        COMPONENT,
                        HEADING,
                        CONSTRAINT,
                        HEADING,
                        BOUNDARY,
                        HEADING,
                        CODE,
                        CODE,
                        CODE,
                        PROSE,
                        PROSE,
                        BLANK);
        assertThat(account.lines().get(10).what()).isEqualTo("US-1");
        assertThat(account.lines().get(16).what()).isEqualTo("Store");
        assertThat(account.counts()).containsEntry(CODE, 3).containsEntry(TASK, 1);
    }

    @Test
    void rows_are_tasks_and_their_header_is_structure() {
        var account = account("# X\n\n| ID | Requirement |\n|---|---|\n| A-1 | Pay |\n| A-2 | Refund |\n");

        assertThat(account.lines())
                .extracting(LineAccount.Line::use)
                .containsExactly(HEADING, BLANK, TABLE, TABLE, TASK, TASK, BLANK);
    }

    @Test
    void prose_says_why_nothing_was_made_of_it() {
        var account = account("""
                # X
                ## Overview
                It is good.
                ## Requirements
                - FR-1: do it
                ## Colours
                - something else
                ## Glossary
                - **Cart**: things to buy
                ## Plan
                - [Task name]
                """);

        assertThat(why(account, 3)).isEqualTo("explains, below 'Overview'");
        assertThat(why(account, 7)).isEqualTo("is ignored, since other statements are surer");
        assertThat(why(account, 9)).isEqualTo("is for reference, below 'Glossary'");
        assertThat(why(account, 11)).isEqualTo("is a placeholder that is not filled in");
    }

    @Test
    void guidance_and_tags_are_accounted_for() {
        var account = account("<prd>\n<instruction>\n- FR-1: never\n</instruction>\n- FR-2: do\n</prd>");

        assertThat(account.lines())
                .extracting(LineAccount.Line::why)
                .containsExactly(
                        IgnoredLines.MARKUP,
                        IgnoredLines.GUIDANCE,
                        IgnoredLines.GUIDANCE,
                        IgnoredLines.GUIDANCE,
                        "has an id",
                        IgnoredLines.MARKUP);
    }

    @Test
    void lines_of_a_structure_are_accounted_for() {
        var account = StructureReader.readWithAccount(new Document("STRUCTURE.md", """
                        # Shop
                        ########## REQUIREMENTS ##########
                        - FR-1: Sell things
                        ## Components
                        - Store: keeps things
                        - Api: answers
                        ## Dependencies
                        - Api -> Store
                        - PostgreSQL: keeps rows
                        ## Tree
                        ```
                        src/
                        ├── api/
                        │   └── routes.ts  # all of them
                        └── store.ts
                        ```
                        """))
                .account();

        assertThat(account.lines())
                .extracting(LineAccount.Line::use)
                .containsExactly(
                        HEADING,
                        HEADING,
                        TASK,
                        HEADING,
                        COMPONENT,
                        COMPONENT,
                        HEADING,
                        DEPENDENCY,
                        DEPENDENCY,
                        HEADING,
                        CODE,
                        CODE,
                        CODE,
                        CODE,
                        CODE,
                        CODE,
                        BLANK);
    }

    private static String why(LineAccount account, int line) {
        return account.lines().get(line - 1).why();
    }

    private static LineAccount account(String text) {
        return Analyst.read(new Document("d.md", text)).account();
    }
}
