package dev.latchkey.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;

/** The runs of one row, in the order in which they were made. */
final class Runs {
    private final List<Load> loads = new ArrayList<>();

    void add(Load load) {
        loads.add(load);
    }

    Load last() {
        return loads.get(loads.size() - 1);
    }

    long failures() {
        return loads.stream().mapToLong(Load::failures).sum();
    }

    Spread spread(ToDoubleFunction<Load> figure) {
        return Spread.of(loads.stream().map(figure::applyAsDouble).toList());
    }

    /** A figure over the same figure of other runs, each over the one that was made next to it. */
    Spread over(Runs others, ToDoubleFunction<Load> figure) {
        return compare(others, (mine, other) -> figure.applyAsDouble(mine) / figure.applyAsDouble(other));
    }

    private Spread compare(Runs others, ToDoubleBiFunction<Load, Load> figure) {
        List<Double> values = new ArrayList<>();
        for (int i = 0; i < loads.size(); i++) {
            values.add(figure.applyAsDouble(loads.get(i), others.loads.get(i)));
        }
        return Spread.of(values);
    }
}
