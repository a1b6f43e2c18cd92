package dev.latchkey.harness;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.function.Function;

/** Classes as they name others. Those that they name are not read themselves: most of the time would go there. */
public final class OwnClasses {
    /** The classes of the program. */
    public static final JavaClasses ALL =
            read(importer -> importer.withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages("dev.latchkey"));

    private OwnClasses() {}

    /** What an importer reads that looks nothing up. */
    public static JavaClasses read(Function<ClassFileImporter, JavaClasses> classes) {
        return ArchConfiguration.withThreadLocalScope(configuration -> {
            configuration.setResolveMissingDependenciesFromClassPath(false);
            return classes.apply(new ClassFileImporter());
        });
    }
}
