using FundingFlows.Allocations;
using Sent = FundingFlows.Contracts.Allocation.V1;

namespace FundingFlows.Tiers;

/// <summary>Reads formulas, pots and tables. What is wrong with what they say, the library finds; here is found what says nothing.</summary>
internal static class FormulaRequests
{
    public static Formula Formula(Fields fields, string field, Sent.Formula? sent) => new WrittenFormula((at, fault) => fields.Check(false, at, fault)).Read(field, sent);

    public static IReadOnlyList<PotLine> Pot(Fields fields, string field, IReadOnlyList<Sent.PotLine> sent) =>
    [
        .. sent.Select((line, i) => new PotLine(
            line.FinancialYear, fields.Kind($"{field}[{i}].kind", line.Kind, either: true), fields.Earmarks($"{field}[{i}].earmarks", line.Earmarks).Names, line.AmountPence)),
    ];

    public static (CsvText Descriptions, CsvText Figures) Tables(string field, Sent.IndicatorTables? sent) => (
        new CsvText($"{field}.descriptions_csv", sent?.DescriptionsCsv ?? ""), new CsvText($"{field}.figures_csv", sent?.FiguresCsv ?? ""));
}
