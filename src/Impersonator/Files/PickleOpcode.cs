namespace Impersonator.Files;

/// <summary>Instructions of the pickle machine, protocols 0 to 5. Source: CPython, Lib/pickletools.py.</summary>
internal enum PickleOpcode : byte
{
    Mark = (byte)'(', Stop = (byte)'.', Pop = (byte)'0', PopMark = (byte)'1', Dup = (byte)'2',
    Float = (byte)'F', BinFloat = (byte)'G', Int = (byte)'I', BinInt = (byte)'J', BinInt1 = (byte)'K', BinInt2 = (byte)'M',
    Long = (byte)'L', Long1 = 0x8A, Long4 = 0x8B, None = (byte)'N', NewTrue = 0x88, NewFalse = 0x89,
    String = (byte)'S', BinString = (byte)'T', ShortBinString = (byte)'U', Unicode = (byte)'V', BinUnicode = (byte)'X',
    ShortBinUnicode = 0x8C, BinUnicode8 = 0x8D, BinBytes = (byte)'B', ShortBinBytes = (byte)'C', BinBytes8 = 0x8E, ByteArray8 = 0x96,
    EmptyList = (byte)']', List = (byte)'l', Append = (byte)'a', Appends = (byte)'e',
    EmptyTuple = (byte)')', Tuple = (byte)'t', Tuple1 = 0x85, Tuple2 = 0x86, Tuple3 = 0x87,
    EmptyDict = (byte)'}', Dict = (byte)'d', SetItem = (byte)'s', SetItems = (byte)'u',
    EmptySet = 0x8F, AddItems = 0x90, FrozenSet = 0x91,
    Put = (byte)'p', BinPut = (byte)'q', LongBinPut = (byte)'r', Memoize = 0x94, Get = (byte)'g', BinGet = (byte)'h', LongBinGet = (byte)'j',
    Global = (byte)'c', StackGlobal = 0x93, Inst = (byte)'i', Obj = (byte)'o', NewObj = 0x81, NewObjEx = 0x92,
    Reduce = (byte)'R', Build = (byte)'b', BinPersistent = (byte)'Q', Proto = 0x80, Frame = 0x95,
}
