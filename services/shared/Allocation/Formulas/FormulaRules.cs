namespace FundingFlows.Allocations;

/// <summary>What a formula must be, by itself and for a table. All faults are told at once, each by the name of the item.</summary>
internal sealed class FormulaRules
{
    private readonly Formula formula;
    private readonly IndicatorTable table;
    private readonly List<Fault> faults = [];

    private FormulaRules(Formula formula, IndicatorTable table) => (this.formula, this.table) = (formula, table);

    public static IReadOnlyList<Fault> Check(Formula formula, IndicatorTable table)
    {
        var rules = new FormulaRules(formula, table);
        rules.CheckWhole();
        foreach (var component in formula.Components)
            rules.Check(component);
        foreach (var adjustment in formula.Adjustments)
            rules.Check(adjustment);
        if (formula.Population is { } population)
            rules.Need("The formula", population, null);
        return rules.faults;
    }

    private void CheckWhole()
    {
        if (formula.Name.Length is 0 or > 100)
            Add("formula", "The formula needs a name of 1 to 100 characters.");
        if (formula.Components.Count is 0 or > Formula.MostComponents)
            Add("components", $"The formula has {formula.Components.Count} components: name 1 to {Formula.MostComponents}.");
        if (formula.Adjustments.Count > Formula.MostAdjustments)
            Add("adjustments", $"The formula has {formula.Adjustments.Count} adjustments: name at most {Formula.MostAdjustments}.");
        var names = formula.Components.Select(component => component.Name).Concat(formula.Adjustments.Select(adjustment => adjustment.Name)).ToList();
        if (names.Any(name => name.Length is 0 or > 100))
            Add("names", "Each component and adjustment needs a name of 1 to 100 characters.");
        foreach (var twice in names.GroupBy(name => name).Where(same => same.Count() > 1))
            Add(twice.Key, $"The name {twice.Key} is there {twice.Count()} times: each component and adjustment needs its own.");
        foreach (var grants in formula.Components.OfType<Equalising>())
            if (formula.Components.OfType<Equalising>().TakeWhile(one => one != grants).FirstOrDefault(one => one.Resources == grants.Resources && (one.OnlyWhere is null || grants.OnlyWhere is null || one.OnlyWhere == grants.OnlyWhere)) is { } first)
                Add(grants.Name, $"{first.Name} and {grants.Name} both make up for {grants.Resources}, so the same gap would be filled twice: make them one.");
        var sum = formula.Components.Sum(component => (long)component.ShareBasisPoints);
        if (formula.Components.Count > 0 && sum != Formula.WholeInBasisPoints)
            Add("components", $"The shares of the components ({string.Join(", ", formula.Components.Select(component => component.Name))}) add up to {PerCent(sum)} %: they must add up to 100 %.");
    }

    private void Check(Component component)
    {
        if (component.ShareBasisPoints is 0 or > Formula.WholeInBasisPoints)
            Add(component.Name, $"{component.Name} has a share of {PerCent(component.ShareBasisPoints)} %: write one above 0 %, at most 100 %.");
        CheckMark(component.Name, component.OnlyWhere);
        foreach (var indicator in component.Indicators)
            Need(component.Name, indicator, component.OnlyWhere);
        switch (component)
        {
            case ByNeed { Power.IsValid: false } need:
                CheckPower(need.Name);
                break;
            case Equalising { Power.IsValid: false, Index: not null } equalising:
                CheckPower(equalising.Name);
                break;
            case ByGap gap when !Column.IsFigure(gap.Standard):
                Add(gap.Name, $"The standard of {gap.Name} is {gap.Standard}: write at least 0, at most {Column.Most:N0}, with at most {Column.MostDecimals} decimal places.");
                break;
        }
        if (component is Equalising grants)
            NeedPounds(grants.Name, grants.Resources);
    }

    private void Check(Adjustment adjustment)
    {
        var onlyWhere = (adjustment as Bound)?.OnlyWhere;
        CheckMark(adjustment.Name, onlyWhere);
        foreach (var indicator in adjustment.Indicators)
            Need(adjustment.Name, indicator, onlyWhere);
        switch (adjustment)
        {
            case Damping damping:
                if (damping.CountedBasisPoints > Formula.WholeInBasisPoints)
                    Add(damping.Name, $"{damping.Name} counts {PerCent(damping.CountedBasisPoints)} % of a change: write at most 100 %.");
                NeedPounds(damping.Name, damping.LastYear);
                break;
            case Bound { Limit: LastYearLimit last } bound:
                if (last.BasisPoints > MostOfLastYear)
                    Add(bound.Name, $"{bound.Name} is {PerCent(last.BasisPoints)} % of last year: write at most {PerCent(MostOfLastYear)} %.");
                NeedPounds(bound.Name, last.LastYear);
                break;
            case Bound { Limit: PoundsLimit(var pence) } bound:
                CheckAmount(bound.Name, pence);
                break;
            case Bound { Limit: PerHeadLimit(var pence, _) } bound:
                CheckAmount(bound.Name, pence);
                break;
        }
        if (adjustment is Bound { Side: not (BoundSide.Floor or BoundSide.Cap) })
            Add(adjustment.Name, $"{adjustment.Name} is neither a floor nor a cap.");
    }

    /// <summary>A hundred times as much as last year.</summary>
    private const uint MostOfLastYear = 1_000_000;

    private void CheckAmount(string item, long pence)
    {
        if (pence is < 0 or > Pence.Most)
            Add(item, $"{item} is {Pence.InPounds(pence)}: write at least £0, at most {Pence.InPounds(Pence.Most)}.");
    }

    private void CheckPower(string item) => Add(item, $"The power of {item} must be a quarter to {Power.MostQuarters / 4}, in quarters.");

    /// <summary>Each recipient that an item is for needs the figure.</summary>
    private void Need(string item, string indicator, string? onlyWhere)
    {
        if (table.Find(indicator) is not { } column)
        {
            Add(item, $"{item} needs the indicator {indicator}, which is not in the table.");
            return;
        }
        var marks = onlyWhere is null ? null : table.Find(onlyWhere);
        for (var i = 0; i < table.Recipients.Count; i++)
            if (!column.Has(i) && (marks is null || (marks.Has(i) && marks.Marks(i))))
                Add(table.Recipients[i].Id, $"{(table.PlaceOf(i) is { } place ? $"{place}, column {indicator}: " : "")}{item} needs {indicator} of {table.Recipients[i].Name} ({table.Recipients[i].Id}), and there is no figure.");
    }

    /// <summary>A mark must be there for all: who has none would silently get nothing.</summary>
    private void CheckMark(string item, string? onlyWhere)
    {
        if (onlyWhere is not null)
            Need(item, onlyWhere, null);
    }

    private void NeedPounds(string item, string indicator)
    {
        if (table.Find(indicator) is { Indicator.Unit: not Indicator.Pounds } column)
            Add(item, $"{item} needs {indicator} in {Indicator.Pounds}, and it is in {column.Indicator.Unit}.");
    }

    private void Add(string item, string sentence) => faults.Add(new(item, sentence));

    internal static string PerCent(long basisPoints) => FormattableString.Invariant($"{basisPoints / 100m:0.##}");
}
