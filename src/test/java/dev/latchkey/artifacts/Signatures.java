package dev.latchkey.artifacts;

import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What of a type its users may call, as text: one line each, in an order that does not depend on the compiler. */
final class Signatures {
    /** Methods that every type of the kind has, or that mean the same for all. */
    private static final Set<String> USUAL = Set.of("equals", "hashCode", "toString", "values", "valueOf");

    private Signatures() {}

    /** The type and the public types nested in it, each followed by its members. */
    static List<String> of(Class<?> type) {
        List<String> lines = new ArrayList<>();
        lines.add(declaration(type));
        members(type).forEach(member -> lines.add("    " + member));
        Arrays.stream(type.getDeclaredClasses())
                .filter(nested -> Modifier.isPublic(nested.getModifiers()))
                .sorted(Comparator.comparing(Class::getSimpleName))
                .forEach(nested -> lines.addAll(of(nested)));
        return lines;
    }

    private static String declaration(Class<?> type) {
        if (type.isEnum()) {
            return "enum " + name(type) + " {"
                    + Arrays.stream(type.getFields())
                            .filter(Field::isEnumConstant)
                            .map(Field::getName)
                            .collect(Collectors.joining(", "))
                    + "}";
        }
        if (type.isRecord()) {
            return "record " + name(type)
                    + Arrays.stream(type.getRecordComponents())
                            .map(part -> name(part.getGenericType()) + " " + part.getName())
                            .collect(Collectors.joining(", ", "(", ")"));
        }
        String above = Stream.concat(Stream.ofNullable(type.getSuperclass()), Arrays.stream(type.getInterfaces()))
                .filter(parent -> parent != Object.class)
                .map(Signatures::name)
                .collect(Collectors.joining(", "));
        return (type.isInterface() ? "interface " : "class ") + name(type) + (above.isEmpty() ? "" : " : " + above);
    }

    private static Stream<String> members(Class<?> type) {
        Stream<Executable> constructors = type.isRecord() ? Stream.empty() : Arrays.stream(type.getConstructors());
        Stream<Executable> methods = Arrays.stream(type.getDeclaredMethods())
                .filter(method -> !method.isSynthetic() && !isUsual(type, method))
                .map(Executable.class::cast);
        return Stream.concat(constructors, methods)
                .filter(member -> Modifier.isPublic(member.getModifiers()))
                .sorted(Comparator.comparing(Executable::getName).thenComparing(Signatures::parameters))
                .map(Signatures::line);
    }

    private static boolean isUsual(Class<?> type, Method method) {
        return USUAL.contains(method.getName())
                || (type.isRecord()
                        && method.getParameterCount() == 0
                        && Arrays.stream(type.getRecordComponents())
                                .map(RecordComponent::getName)
                                .anyMatch(method.getName()::equals));
    }

    private static String line(Executable member) {
        if (member instanceof Method method) {
            String before = Modifier.isStatic(method.getModifiers()) ? "static " : "";
            return before + name(method.getGenericReturnType()) + " " + method.getName() + parameters(method);
        }
        return name(member.getDeclaringClass()) + parameters(member);
    }

    private static String parameters(Executable member) {
        return Arrays.stream(member.getParameters())
                .map(Signatures::parameter)
                .collect(Collectors.joining(", ", "(", ")"));
    }

    private static String parameter(Parameter parameter) {
        String type = name(parameter.getParameterizedType());
        return (parameter.isVarArgs() ? type.replaceFirst("\\[]$", "...") : type) + " " + parameter.getName();
    }

    /** Without packages, and with dots before the names of nested types. */
    private static String name(Type type) {
        return type.getTypeName()
                .replaceAll("\\b[a-z][a-z0-9]*\\.(?=[a-zA-Z])", "")
                .replace('$', '.');
    }
}
