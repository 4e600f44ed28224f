using System.Text.Json;

namespace FundingFlows.Topologies;

/// <summary>Reads topology files, and checks that everything that they name is there.</summary>
public static class TopologyReader
{
    /// <summary>Reads a file. Throws <see cref="TopologyException"/> with one sentence that names the file, the line and the fault.</summary>
    public static Topology Read(string path)
    {
        try
        {
            return Parse(File.ReadAllText(path), Path.GetFileName(path));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new TopologyException($"The topology file {path} cannot be read: {problem.Message}");
        }
    }

    /// <summary>Reads a text; <paramref name="name"/> is what faults call it.</summary>
    public static Topology Parse(string text, string name)
    {
        var faults = new List<(int Line, string Fault)>();
        LinedJson file;
        try
        {
            file = LinedJson.Parse(text);
        }
        catch (JsonException problem)
        {
            throw new TopologyException($"{name}, line {(problem.LineNumber ?? 0) + 1}: this is not JSON: {problem.Message.Split(" LineNumber:")[0].TrimEnd('.')}.");
        }
        var fields = new TopologyFields(faults);
        var instances = fields.Objects(file, "instances").Select(fields.Instance).OfType<(Instance Instance, int Line)>().ToList();
        var bodies = fields.Objects(file, "bodies").Select(body => fields.Body(body, [.. instances.Select(i => i.Instance)])).OfType<(TopologyBody Body, int Line)>().ToList();
        if (faults.Count == 0)
            TopologyChecks.Check(instances, bodies, faults);
        if (faults.Count > 0)
            throw new TopologyException(FileFaults.Sentence(name, faults));
        return new Topology([.. instances.Select(i => i.Instance)], [.. bodies.Select(b => b.Body)]);
    }
}
