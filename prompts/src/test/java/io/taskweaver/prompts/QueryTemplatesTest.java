package io.taskweaver.prompts;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.prompts.TemplateReading.Faulty;
import io.taskweaver.prompts.TemplateReading.Usable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class QueryTemplatesTest {
    @Test
    void the_templates_of_the_program_are_faultless_and_name_the_sections_that_programs_look_for() {
        assertThat(QueryTemplates.of(QueryTemplates.defaults())).isInstanceOf(Usable.class);
        String all = String.join("\n", QueryTemplates.defaults().values());
        for (QuerySection section : QuerySection.values()) assertThat(all).contains("\n## " + section.title + "\n");
    }

    @Test
    void a_template_of_a_user_takes_the_place_of_the_program_s_and_the_others_stay() {
        QueryTemplates own =
                usable(Map.of("task.mustache", "Bitte: {{title}}\n{{#criteria}}* {{text}}\n{{/criteria}}{{>answer}}"));

        assertThat(write(own)).startsWith("Bitte: Shorten links\n* A link of").contains("### Delete:");
    }

    @Test
    void how_to_answer_can_be_changed_alone_and_templates_may_be_made_of_several() {
        QueryTemplates own =
                usable(Map.of("answer.mustache", "Answer {{>kindly}}", "kindly.mustache", "kindly, {{plan}}."));

        assertThat(write(own)).contains("# Shorten links").endsWith("Answer kindly, Link shortener.\n");
    }

    @Test
    void what_is_wrong_is_said_with_file_and_line_and_what_there_is_instead() {
        assertThat(faults(Map.of("task.mustache", "# {{title}}\n\n{{titel}}")))
                .singleElement()
                .asString()
                .startsWith("task.mustache:3: there is no variable 'titel'; there are ")
                .contains("title", "description");
        assertThat(faults(Map.of("task.mustache", "a\n{{#files}}\n")))
                .singleElement()
                .asString()
                .startsWith("task.mustache:2: ");
        assertThat(faults(Map.of("task.mustache", "a\n{{>nowhere}}")))
                .singleElement()
                .asString()
                .startsWith("task.mustache:2: it includes 'nowhere', and there is no nowhere.mustache");
        assertThat(faults(Map.of("tasks.mustache", "x")))
                .singleElement()
                .asString()
                .startsWith("tasks.mustache:1: no template uses it");
        assertThat(faults(Map.of("answer.mustache", "{{>answer}}")))
                .singleElement()
                .asString()
                .contains("answer.mustache:1: it includes itself");
        assertThat(faults(Map.of("task.mustache", "a\nb\n{{block}}")))
                .singleElement()
                .asString()
                .startsWith("task.mustache:3: the variable 'block' is available only within");
    }

    @Test
    void a_template_reaches_no_methods_of_objects() {
        assertThat(faults(Map.of("task.mustache", "{{title.getClass}}"))).hasSize(1);
        assertThat(faults(Map.of("task.mustache", "{{#title}}{{getClass}}{{/title}}")))
                .hasSize(1);
    }

    @Property(tries = 300)
    void any_text_is_a_template_or_its_fault_is_told(@ForAll String text) {
        assertThat(QueryTemplates.of(Map.of("task.mustache", text))).isNotNull();
    }

    @Test
    void of_a_prompt_by_another_template_a_program_finds_the_facts_and_the_files() {
        QueryTemplates own = usable(Map.of(
                "task.mustache",
                "# {{title}}\n\n"
                        + "{{facts}}\n\n"
                        + "## Material\n"
                        + "{{#implemented}}\n"
                        + "{{block}}\n\n"
                        + "{{/implemented}}\n"
                        + "{{#files}}\n"
                        + "{{block}}\n\n"
                        + "{{/files}}\n"));

        QueryParts parts = QueryReader.read(write(own));

        assertThat(parts.task()).isEqualTo("FR-1");
        assertThat(parts.newClass()).isPresent();
        assertThat(parts.implemented()).containsOnlyKeys(Contexts.INTERFACE_PATH);
        assertThat(parts.files()).containsEntry("docs/usage.md", "# Usage\n");
    }

    private static String write(QueryTemplates templates) {
        return new QueryWriter(templates, 60_000, TokenCount.estimated())
                .write(Contexts.work(Map.of("docs/usage.md", "# Usage\n")), Optional.empty())
                .text();
    }

    private static QueryTemplates usable(Map<String, String> own) {
        TemplateReading reading = QueryTemplates.of(own);
        assertThat(reading).isInstanceOf(Usable.class);
        return ((Usable) reading).templates();
    }

    private static List<TemplateReading.Fault> faults(Map<String, String> own) {
        TemplateReading reading = QueryTemplates.of(own);
        assertThat(reading).isInstanceOf(Faulty.class);
        return ((Faulty) reading).faults();
    }
}
