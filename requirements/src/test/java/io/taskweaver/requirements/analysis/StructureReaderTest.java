package io.taskweaver.requirements.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.model.Document;
import org.junit.jupiter.api.Test;

class StructureReaderTest {
    @Test
    void components_are_listed_by_name_and_description() {
        var structure = read(
                "# Structure\n## Components\n- **Accounts**: signs users in\n- `Orders` - places orders\n- Stock\n");

        assertThat(structure.components()).extracting(Component::name).containsExactly("Accounts", "Orders", "Stock");
        assertThat(structure.components())
                .extracting(Component::description)
                .containsExactly("signs users in", "places orders", "");
    }

    @Test
    void components_have_headings_of_their_own() {
        var structure =
                read("## Components\n### Accounts\nSigns users in.\n- Depends on: Mail\n### Mail\nSends mail.\n");

        assertThat(structure.components()).extracting(Component::name).containsExactly("Accounts", "Mail");
        assertThat(structure.links())
                .extracting(link -> link.from() + ">" + link.to())
                .containsExactly("Accounts>Mail");
    }

    @Test
    void dependencies_are_stated_in_several_ways() {
        var structure = read("""
                ## Components
                - A1: one
                - B1: two
                - C1: three
                  - Uses: A1
                ## Dependencies
                - A1 -> B1
                - B1 depends on C1
                - C1: B1, Kafka
                """);

        assertThat(structure.links())
                .extracting(link -> link.from() + ">" + link.to())
                .containsExactly("C1>A1", "A1>B1", "B1>C1", "C1>B1");
    }

    @Test
    void the_section_of_requirements_is_read_and_fences_are_not() {
        var structure = read(
                "########## REQUIREMENTS ##########\n- Sign users in\n## Components\n- Accounts: x\n```\nsrc/ # FR-1: no\n- Not: this\n```\n");

        assertThat(structure.requirements().orElseThrow().requirements())
                .extracting(Requirement::title)
                .containsExactly("Sign users in");
        assertThat(structure.components()).extracting(Component::name).containsExactly("Accounts");
    }

    @Test
    void interfaces_trees_and_what_the_product_builds_on_are_read() {
        var structure = read("""
                ## Components
                - Store: keeps things
                ## Interfaces
                - OrderBook: takes orders
                ### `LoanDesk`
                Lends books.
                ## Dependencies
                - PostgreSQL: keeps rows
                ## Directory Tree
                ```
                app/
                ├── src/
                │   ├── store.ts   # keeps things
                │   └── api/
                └── README.md
                ```
                ```bash
                make all
                ```
                """);

        assertThat(structure.interfaces()).extracting(Component::name).containsExactly("OrderBook", "LoanDesk");
        assertThat(structure.externals()).extracting(Component::name).containsExactly("PostgreSQL");
        assertThat(structure.builtOn()).extracting(Statement::text).containsExactly("Builds on PostgreSQL: keeps rows");
        assertThat(structure.files()).containsExactly("app/src/store.ts", "app/src/api/", "app/README.md");
        assertThat(structure.components()).extracting(Component::name).containsExactly("Store");
    }

    private static Structure read(String text) {
        return StructureReader.read(new Document("STRUCTURE.md", text));
    }
}
