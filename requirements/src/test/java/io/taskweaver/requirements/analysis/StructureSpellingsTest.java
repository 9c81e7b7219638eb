package io.taskweaver.requirements.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.model.Document;
import java.util.List;
import org.junit.jupiter.api.Test;

/** STRUCTURE.md as people write it, with the paths of its components. */
class StructureSpellingsTest {
    private static Structure read(String text) {
        return StructureReader.read(new Document("STRUCTURE.md", text));
    }

    private static List<String> components(Structure structure) {
        return structure.components().stream()
                .map(component -> component.name() + " " + component.paths() + " " + component.description())
                .map(String::strip)
                .toList();
    }

    private static List<String> links(Structure structure) {
        return structure.links().stream()
                .map(link -> link.from() + " > " + link.to())
                .toList();
    }

    @Test
    void headings_name_components_with_and_without_the_word() {
        var structure = read("""
                # Structure

                ## Component: Parcel Store
                Keeps parcels.
                - Path: `src/store`
                - Depends on: Database

                ## Pickup Service
                **Location:** services/pickup/
                **Responsibility:** Opens lockers.
                **Dependencies:** Parcel Store, none

                ## Database (`db/`)
                Depends on: -
                """);
        assertThat(components(structure))
                .containsExactly(
                        "Parcel Store [src/store] Keeps parcels.", "Pickup Service [services/pickup]", "Database [db]");
        assertThat(links(structure)).containsExactly("Parcel Store > Database", "Pickup Service > Parcel Store");
    }

    @Test
    void headings_alone_name_components_where_nothing_else_does() {
        var structure = read("""
                # Aufbau der Bücherei

                ## Ausleihe
                Leiht Bücher aus.

                ## Mahnwesen
                Schreibt Mahnungen.
                """);
        assertThat(components(structure))
                .containsExactly("Ausleihe [] Leiht Bücher aus.", "Mahnwesen [] Schreibt Mahnungen.");
    }

    @Test
    void bullets_name_components_by_path_or_have_it_behind_the_name() {
        assertThat(components(read("""
                # Structure

                ## Components
                - `src/gateway/` - takes requests
                - **Parcel store** (`src/parcel-store`): keeps parcels
                - Pickup [services/pickup]: opens lockers
                - Codes: makes codes
                  - Path: src/codes/index.ts
                  - Depends on: Parcel store
                """)))
                .containsExactly(
                        "Gateway [src/gateway] takes requests",
                        "Parcel store [src/parcel-store] keeps parcels",
                        "Pickup [services/pickup] opens lockers",
                        "Codes [src/codes/index.ts] makes codes");
    }

    @Test
    void bullets_within_bullets_are_folders() {
        assertThat(components(read("""
                # Project structure

                - src/
                  - api/: answers requests
                  - parcel_store/: keeps parcels
                - docs/: manuals
                """)))
                .containsExactly("Api [src/api] answers requests", "Parcel store [src/parcel_store] keeps parcels");
    }

    @Test
    void tables_have_columns_for_names_paths_purposes_and_needs() {
        var structure = read("""
                # Structure

                | Component | Path | Responsibility | Depends on |
                | --- | --- | --- | --- |
                | API Gateway | `services/gateway` | takes requests | Parcel Store |
                | Parcel Store | services/store, db/parcels.sql | keeps parcels | - |
                """);
        assertThat(components(structure))
                .containsExactly(
                        "API Gateway [services/gateway] takes requests",
                        "Parcel Store [services/store, db/parcels.sql] keeps parcels");
        assertThat(links(structure)).containsExactly("API Gateway > Parcel Store");
    }

    @Test
    void tables_may_be_in_other_languages_and_have_no_names() {
        assertThat(components(read("""
                # Architektur

                | Baustein | Verzeichnis | Aufgabe | Abhängig von |
                |---|---|---|---|
                | Ausleihe | src/ausleihe | leiht aus | Bestand |
                | Bestand | src/bestand | kennt Bücher | keine |
                """)))
                .containsExactly("Ausleihe [src/ausleihe] leiht aus", "Bestand [src/bestand] kennt Bücher");
        assertThat(components(read("""
                # 结构

                | 目录 | 职责 |
                |---|---|
                | src/loans | 借书 |
                | src/returns | 还书 |
                """))).containsExactly("Loans [src/loans] 借书", "Returns [src/returns] 还书");
    }

    @Test
    void dependencies_may_name_paths() {
        var structure = read("""
                # Structure

                ## Modules

                ### packages/api
                Takes requests.
                - Uses: `packages/store`

                ### packages/store
                Keeps parcels.
                """);
        assertThat(links(structure)).containsExactly("Api > Store");
    }

    @Test
    void tables_about_something_else_are_left_alone() {
        assertThat(components(read("""
                # Structure

                ## Components
                - Codes: makes codes

                ## Configuration
                | Name | Type | Description |
                |---|---|---|
                | PORT | number | the port |
                """))).containsExactly("Codes [] makes codes");
    }

    @Test
    void trees_say_where_components_are() {
        var structure = read("""
                # Structure

                ## Components
                - Parcel Store: keeps parcels
                - Codes: makes codes

                ```
                src/
                ├── parcel-store/
                │   └── index.ts
                ├── codes/
                │   └── index.ts
                └── main.ts
                ```
                """);
        assertThat(components(structure))
                .containsExactly("Parcel Store [src/parcel-store] keeps parcels", "Codes [src/codes] makes codes");
    }

    @Test
    void a_tree_alone_names_components() {
        assertThat(components(read("""
                # Struktur

                ```
                buecherei/
                ├── services/
                │   ├── ausleihe/      # leiht Bücher aus
                │   │   └── main.go
                │   └── mahnung/       # schreibt Mahnungen
                ├── docs/              # Handbuch
                └── go.mod
                ```
                """)))
                .containsExactly(
                        "Ausleihe [buecherei/services/ausleihe] leiht Bücher aus",
                        "Mahnung [buecherei/services/mahnung] schreibt Mahnungen");
        assertThat(components(read("""
                ```
                src/
                  orders/
                    index.ts
                  stock/
                    index.ts
                  utils/
                    text.ts
                ```
                """))).containsExactly("Orders [src/orders]", "Stock [src/stock]");
    }
}
