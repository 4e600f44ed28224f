namespace FundingFlows.Benchmarks;

/// <summary>Something that is measured again and again.</summary>
/// <param name="Key">Its name in the JSON.</param>
/// <param name="Title">Its name on the screen, with the unit.</param>
/// <param name="RunAsync">Measures for about so long, and answers with the figure.</param>
internal sealed record Measure(string Key, string Title, Func<TimeSpan, Task<double>> RunAsync)
{
    /// <summary>What it does and does not do.</summary>
    public string Says { get; init; } = "";

    private readonly List<double> figures = [];

    public double? Median => figures.Count == 0 ? null : figures.Order().ElementAt(figures.Count / 2);

    public (double Least, double Most)? Range => figures.Count == 0 ? null : (figures.Min(), figures.Max());

    public void Add(double figure) => figures.Add(figure);
}
