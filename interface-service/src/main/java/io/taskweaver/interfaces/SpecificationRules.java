package io.taskweaver.interfaces;

import io.taskweaver.model.ComponentNames;
import io.taskweaver.model.ComponentSpec;
import io.taskweaver.model.Operation;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.lang.model.SourceVersion;

/** Rules for specifications. Other programs may write them, so everything is validated. */
record SpecificationRules(int maxOperations, long maxTextBytes) {
    private static final int MAX_NAME = 200;

    static SpecificationRules of(InterfaceSettings settings) {
        return new SpecificationRules(
                settings.maxOperations(), settings.maxText().asLongValue());
    }

    /** Problems of a specification with remedies; empty if it is valid. */
    List<String> problems(ComponentSpec spec) {
        var problems = new ArrayList<String>();
        if (spec.name().isBlank()) problems.add("The component has no name. Set one.");
        if (spec.name().length() > MAX_NAME)
            problems.add(
                    "The component's name has " + spec.name().length() + " characters. Use at most " + MAX_NAME + ".");
        if (!ComponentNames.isPackageName(spec.basePackage()))
            problems.add("'" + abridged(spec.basePackage())
                    + "' is not a Java package name. Use one such as com.acme.shop.");
        if (spec.operations().size() > maxOperations)
            problems.add("The component has " + spec.operations().size() + " operations. Use at most " + maxOperations
                    + ", or raise taskweaver.interfaces.max-operations.");
        spec.operations().stream()
                .map(Operation::name)
                .filter(name -> name.length() > MAX_NAME || !SourceVersion.isName(name) || name.indexOf('.') >= 0)
                .limit(1)
                .forEach(name -> problems.add("'" + abridged(name)
                        + "' is not a valid operation name. Use a Java identifier such as findOrder."));
        long bytes = textBytes(spec);
        if (bytes > maxTextBytes)
            problems.add("The specification has " + bytes + " bytes of text. Use at most " + maxTextBytes
                    + ", or raise taskweaver.interfaces.max-text.");
        return problems;
    }

    private static long textBytes(ComponentSpec spec) {
        return Stream.concat(
                        Stream.of(spec.name(), spec.description()),
                        spec.operations().stream().flatMap(each -> Stream.of(each.name(), each.description())))
                .mapToLong(text -> text.getBytes(StandardCharsets.UTF_8).length)
                .sum();
    }

    private static String abridged(String text) {
        return text.length() <= MAX_NAME ? text : text.substring(0, MAX_NAME) + "...";
    }
}
