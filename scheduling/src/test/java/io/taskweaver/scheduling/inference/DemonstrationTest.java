package io.taskweaver.scheduling.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What shows the whole comes after what it shows. */
class DemonstrationTest {
    /** All in one document, and nothing forbidden. */
    private static final DocumentNeeds.Rules RULES = new DocumentNeeds.Rules() {
        @Override
        public boolean allows(int of, int on) {
            return true;
        }

        @Override
        public boolean isResult(int of, int on) {
            return true;
        }

        @Override
        public boolean isQuality(int subject) {
            return false;
        }

        @Override
        public int document(int subject) {
            return 0;
        }
    };

    /** Needs as "title < needed title", of tasks that state none. */
    private static List<String> needs(String... titles) {
        var subjects = Stream.of(titles).map(title -> new Subject(title, "", 1)).toList();
        var none = IntStream.range(0, titles.length)
                .mapToObj(i -> Set.<Integer>of())
                .toList();
        return DocumentNeeds.of(subjects, none, RULES).stream()
                .map(need -> titles[need.of()] + " < " + titles[need.on()])
                .toList();
    }

    @Test
    void a_demonstration_comes_after_what_it_shows() {
        assertThat(needs("Print vouchers", "Prepare a demonstration of the functions"))
                .containsExactly("Prepare a demonstration of the functions < Print vouchers");
        assertThat(needs("Imprimer des bons", "Préparer une démonstration"))
                .containsExactly("Préparer une démonstration < Imprimer des bons");
        assertThat(needs("Imprimir vales", "Preparar una demostración"))
                .containsExactly("Preparar una demostración < Imprimir vales");
    }
}
