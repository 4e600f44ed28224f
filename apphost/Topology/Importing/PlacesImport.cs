namespace FundingFlows.Topologies;

/// <summary>Makes a topology file from a table of places.</summary>
public static class PlacesImport
{
    private const string About =
        "The councils of a table of places, with central government, combined authorities and counties above or beside them, and a forum for each left-behind ward. Forums are invented; the other bodies are those of the table.";

    private static readonly string[] Sources =
    [
        "Councils, combined authorities, population, deprivation and number of left-behind wards: the table that was imported",
        "Names of county councils: Office for National Statistics, Open Government Licence v3",
    ];

    /// <summary>
    /// Reads the table, and writes the file when the table has no fault: until then nothing is written. Answers with the topology.
    /// Throws <see cref="TableException"/> with one sentence.
    /// </summary>
    public static Topology Run(string places, string output)
    {
        if (Path.GetFullPath(places) == Path.GetFullPath(output))
            throw new TableException($"The topology would be written over the table {places}: name another file.");
        var text = TextOf(PlacesTable.Read(places));
        try
        {
            File.WriteAllText(output, text);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new TableException($"The topology cannot be written to {output}: {problem.Message}");
        }
        return TopologyReader.Parse(text, Path.GetFileName(output));
    }

    /// <summary>The topology file for a table that is given as a text; <paramref name="name"/> is what faults call it.</summary>
    public static string TextOf(string table, string name) => TextOf(PlacesTable.Parse(table, name));

    private static string TextOf(IReadOnlyList<PlaceRow> places) => TopologyWriter.Text(CountryTopology.Of(places), About, Sources);
}
