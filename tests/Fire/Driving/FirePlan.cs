namespace FundingFlows.Fire;

/// <summary>What the driver will do, and when: all of it follows from the seed. (What comes of it does not: the processes are real.)</summary>
internal static class FirePlan
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan ShortestGap = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan LongestGap = TimeSpan.FromMilliseconds(2_400);
    private static readonly TimeSpan ShortestHarm = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestDown = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan LongestHarm = TimeSpan.FromSeconds(6);

    /// <summary>Ten blows. What is done to a way is drawn for itself.</summary>
    private static readonly Harm[] Kinds = [.. Enumerable.Repeat(Harm.Kill, 4), .. Enumerable.Repeat(Harm.Pause, 2), .. Enumerable.Repeat(Harm.Cut, 4)];
    private static readonly LinkWays[] Ways = [LinkWays.Out, LinkWays.Back, LinkWays.Both];

    /// <summary>
    /// One blow after the other, in the order of their beginnings. Every instance is killed as often as every other, or once more, and so
    /// with pauses. Each ten blows, from the first on, are four kills, two pauses and four on ways.
    /// </summary>
    public static IReadOnlyList<Blow> Make(int seed, TimeSpan length, IReadOnlyList<Instance> instances)
    {
        var random = new Random(seed);
        var (kinds, killed, paused) = (new Queue<Harm>(), new Queue<string>(), new Queue<string>());
        var names = instances.Select(instance => instance.Name).ToArray();
        var called = instances.Where(instance => instance.Service != ServiceKind.Gateway).Select(instance => instance.Name).ToArray();
        var blows = new List<Blow>();
        for (var at = First; at < length; at += Between(random, ShortestGap, LongestGap))
            blows.Add(Next(kinds, Kinds) switch
            {
                Harm.Kill => new Blow(at, Between(random, ShortestHarm, LongestDown), Harm.Kill, Next(killed, names)),
                Harm.Pause => new Blow(at, Between(random, ShortestHarm, LongestHarm), Harm.Pause, Next(paused, names)),
                _ => OnWay(at),
            });
        return blows;

        T Next<T>(Queue<T> turn, T[] all)
        {
            if (turn.Count == 0)
            {
                var shuffled = all.ToArray();
                random.Shuffle(shuffled);
                foreach (var one in shuffled)
                    turn.Enqueue(one);
            }
            return turn.Dequeue();
        }

        Blow OnWay(TimeSpan at)
        {
            var to = called[random.Next(called.Length)];
            var others = instances.Where(instance => instance.Name != to).ToArray();
            var from = others[random.Next(others.Length)].Name;
            var harm = (Harm)random.Next((int)Harm.Cut, (int)Harm.Slow + 1);
            return new Blow(at, Between(random, ShortestHarm, LongestHarm), harm, from, to, harm == Harm.Silence ? Ways[random.Next(Ways.Length)] : LinkWays.None);
        }
    }

    private static TimeSpan Between(Random random, TimeSpan least, TimeSpan most) => least + ((most - least) * (random.Next(1_000) / 1_000.0));
}
