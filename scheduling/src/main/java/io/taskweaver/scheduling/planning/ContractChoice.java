package io.taskweaver.scheduling.planning;

import io.taskweaver.model.ContractForm;
import io.taskweaver.model.Notice;
import io.taskweaver.model.PlanOptions;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * How the contracts of one plan are given. Contracts are written in Java only, so that a project in another language gets
 * them as text.
 *
 * @param form empty if there are none
 * @param notice what the reader of the plan should know about it
 */
record ContractChoice(Optional<ContractForm> form, Optional<Notice> notice) {
    /**
     * @param project what the project is written in, as far as it is known; asked only if the options leave it open
     */
    static ContractChoice of(PlanOptions options, Supplier<Optional<ProjectLanguage>> project) {
        return switch (options.contracts()) {
            case AUTO ->
                project.get()
                        .filter(language -> !language.takesJava())
                        .map(language ->
                                new ContractChoice(Optional.of(ContractForm.TEXT), Optional.of(asText(language))))
                        .orElseGet(() -> chosen(ContractForm.FILES));
            case FILES -> chosen(ContractForm.FILES);
            case TEXT -> chosen(ContractForm.TEXT);
            case NONE -> new ContractChoice(Optional.empty(), Optional.empty());
        };
    }

    private static ContractChoice chosen(ContractForm form) {
        return new ContractChoice(Optional.of(form), Optional.empty());
    }

    private static Notice asText(ProjectLanguage project) {
        return new Notice(
                "contracts-as-text",
                "Contracts are given as text in prompts, not as Java files: the project is " + project.name() + " ("
                        + project.because() + "). For Java files, use --contracts files.",
                Optional.empty());
    }

    /** Whether there are contracts at all. */
    boolean any() {
        return form.isPresent();
    }

    /** Whether tasks are expected to write Java classes. */
    boolean areFiles() {
        return form.filter(ContractForm.FILES::equals).isPresent();
    }
}
