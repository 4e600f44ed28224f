namespace FundingFlows.Allocations;

/// <summary>The figures of one indicator, in the order of the table's recipients: whole numbers of its finest decimal place.</summary>
public sealed class Column
{
    /// <summary>The most decimal places of a figure.</summary>
    public const int MostDecimals = 6;

    /// <summary>The largest figure.</summary>
    public const decimal Most = 1_000_000_000_000m;

    private static readonly long[] PowersOfTen = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000];

    private readonly long[] scaled;
    private readonly long largest;

    /// <summary>Each figure at least zero, at most <see cref="Most"/>, with at most <see cref="MostDecimals"/> decimal places; null: there is none.</summary>
    internal Column(Indicator indicator, IReadOnlyList<decimal?> figures)
    {
        Indicator = indicator;
        Decimals = figures.Max(figure => figure is { } some ? DecimalsOf(some) : 0);
        scaled = [.. figures.Select(figure => figure is { } some ? (long)(some * PowersOfTen[Decimals]) : -1)];
        largest = scaled.Max();
    }

    public Indicator Indicator { get; }

    /// <summary>Decimal places of the finest figure.</summary>
    public int Decimals { get; }

    /// <summary>One whole unit in <see cref="Scaled"/>.</summary>
    public long One => PowersOfTen[Decimals];

    /// <summary>The largest figure in units of the finest decimal place, zero where there is none.</summary>
    public long Largest => Math.Max(0, largest);

    /// <summary>How many recipients there are.</summary>
    public int Length => scaled.Length;

    public bool Has(int recipient) => scaled[recipient] >= 0;

    /// <summary>The figure in units of the finest decimal place. There must be one.</summary>
    public long Scaled(int recipient) => scaled[recipient] >= 0 ? scaled[recipient] : throw new InvalidOperationException($"{Indicator.Name} has no figure there.");

    public decimal Figure(int recipient) => (decimal)Scaled(recipient) / One;

    /// <summary>Whether it marks the recipient: any figure above zero does.</summary>
    public bool Marks(int recipient) => scaled[recipient] > 0;

    public static bool IsFigure(decimal figure) => figure is >= 0 and <= Most && DecimalsOf(figure) <= MostDecimals;

    /// <summary>Decimal places that count: 1.50 has one.</summary>
    private static int DecimalsOf(decimal figure)
    {
        var decimals = 0;
        while (decimals <= MostDecimals && figure != decimal.Truncate(figure))
        {
            figure *= 10;
            decimals++;
        }
        return decimals;
    }
}
