package io.taskweaver.wire.json;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedConstructor;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.AnnotatedMethod;
import com.fasterxml.jackson.databind.introspect.AnnotatedParameter;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** JSON of the model's records: a record of one string, such as an id, is a string; missing collections are empty. */
final class ModelRecords extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1L;

    /** Values, and what the rules make of them; those of services are their own. */
    private static final Pattern MODEL = Pattern.compile("io[.]taskweaver[.](?:model|requirements|scheduling)[.]");

    private final boolean strict;

    /** @param strict whether missing or null required values are refused */
    ModelRecords(boolean strict) {
        this.strict = strict;
    }

    @Override
    public @Nullable Boolean hasAsValue(Annotated member) {
        return member instanceof AnnotatedMethod method
                        && isText(method.getDeclaringClass())
                        && method.getName()
                                .equals(method.getDeclaringClass()
                                        .getRecordComponents()[0]
                                        .getName())
                ? Boolean.TRUE
                : super.hasAsValue(member);
    }

    @Override
    public JsonCreator.@Nullable Mode findCreatorAnnotation(MapperConfig<?> config, Annotated member) {
        return member instanceof AnnotatedConstructor constructor && isText(constructor.getDeclaringClass())
                ? JsonCreator.Mode.DELEGATING
                : super.findCreatorAnnotation(config, member);
    }

    @Override
    public @Nullable Boolean hasRequiredMarker(AnnotatedMember member) {
        return strict && isOfModel(member) && isRequired(member.getRawType())
                ? Boolean.TRUE
                : super.hasRequiredMarker(member);
    }

    @Override
    public JsonSetter.Value findSetterInfo(Annotated member) {
        if (!(member instanceof AnnotatedParameter parameter) || !isOfModel(parameter))
            return super.findSetterInfo(member);
        if (strict && isRequired(member.getRawType())) return JsonSetter.Value.forValueNulls(Nulls.FAIL);
        return isCollection(member.getRawType())
                ? JsonSetter.Value.construct(Nulls.AS_EMPTY, Nulls.FAIL)
                : super.findSetterInfo(member);
    }

    private static boolean isRequired(Class<?> type) {
        return type != Optional.class && !type.isPrimitive() && !isCollection(type);
    }

    private static boolean isCollection(Class<?> type) {
        return Collection.class.isAssignableFrom(type) || Map.class.isAssignableFrom(type);
    }

    private static boolean isOfModel(AnnotatedMember member) {
        return member.getDeclaringClass().isRecord()
                && MODEL.matcher(member.getDeclaringClass().getName()).lookingAt();
    }

    private static boolean isText(Class<?> type) {
        return type.isRecord()
                && type.getRecordComponents().length == 1
                && type.getRecordComponents()[0].getType() == String.class;
    }
}
